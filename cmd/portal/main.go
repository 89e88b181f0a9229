// Command portal serves the portal of a ward's associations; see README.md.
package main

import (
	"os"

	"wardportal/internal/app"
)

func main() {
	os.Exit(app.Run(os.Args[1:], os.Stdout, os.Stderr))
}

// Package bench measures what a ward feels: pages over a real router and a real Postgres, each against the barest program
// that could do the same, in the same run. `make bench` prints the ratios; docs/performance.md keeps the first figures.
// It holds benchmarks only.
package bench

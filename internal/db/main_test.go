package db_test

import (
	"testing"

	"wardportal/internal/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

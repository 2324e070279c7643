// Package guarded gives tests memory that ends where no more may be touched: a loop in assembly that
// reads or writes a byte before it or behind it faults, where one in Go would have told.
package guarded

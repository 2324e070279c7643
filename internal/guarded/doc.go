// Package guarded provides memory between guard pages for tests of assembly. A loop that reads or writes a byte
// outside its slices faults.
package guarded

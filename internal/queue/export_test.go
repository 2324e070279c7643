package queue

// LookOften makes a test wait less.
func LookOften() { lookEvery = lookAtLeast }

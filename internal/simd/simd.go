// Package simd tells which vector instructions the hot loops may use.
//
// Such a loop is written twice: in Go, which is what it means, and in assembly for amd64, which gives
// the same results bit for bit; a test holds the two together. GODEBUG=cpu.avx2=off takes the Go one
// everywhere, as machines without AVX2 do, and arm64.
package simd

import "golang.org/x/sys/cpu"

// AVX2 says that the processor and the system know AVX2, and BMI1 and BMI2 beside it. It never
// changes while the program runs.
var AVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

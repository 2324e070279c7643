// Package simd reports which vector instructions may be used.
//
// Each vectorized loop is written twice: in Go, as the reference, and in assembly for amd64. Tests check that both
// give the same results, bit for bit. With GODEBUG=cpu.avx2=off the Go version is used, as on machines without AVX2
// and on arm64.
package simd

import "golang.org/x/sys/cpu"

// AVX2 says that the processor and the operating system support AVX2, BMI1 and BMI2. It does not change while the
// program runs.
var AVX2 = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

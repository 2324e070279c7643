//go:build !amd64

package inflate

func runBMI2(_ *cursor, _, _ *byte, _, _ *uint32) { panic("inflate: no BMI2 here") }

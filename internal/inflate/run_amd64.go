package inflate

// runBMI2 is runEach with BMI1, BMI2 and SSSE3. It reads at most ahead bytes of src from c.srcStop, and writes at most
// Slack bytes of buf behind c.limit.
//
//go:noescape
func runBMI2(c *cursor, src, buf *byte, lit, dist *uint32)

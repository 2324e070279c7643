// Package fonts holds the embedded faces and their fallback order.
package fonts

// Weight is a face's weight on the CSS scale.
type Weight int

// The weights that the templates use.
const (
	Medium    Weight = 500
	Bold      Weight = 700
	ExtraBold Weight = 800
)

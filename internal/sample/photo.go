package sample

import _ "embed"

// Photo is the first of Scenes as a JPEG of 1600x1000, for pages that need a photo before anybody has sent one. It
// must not be modified. The test writes it: go test ./internal/sample -update.
//
//go:embed dusk.jpg
var Photo []byte

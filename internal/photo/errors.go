package photo

import "newsroom.example/cards/internal/fault"

// Errors of decoding. Every error of the package wraps one of these, or one of package fault's
// (ErrImageTooLarge, ErrSourceIncomplete, ErrPhotoOverloaded).
var (
	ErrUnsupported = fault.New(fault.ImageUnsupported, "unsupported_image") // not a JPEG, PNG, GIF or WebP
	ErrInvalid     = fault.New(fault.ImageInvalid, "image_invalid")         // damaged
)

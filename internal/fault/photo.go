package fault

// Errors of photos that more than one package returns: fetching and decoding both have bounds.
var (
	ErrImageTooLarge = New(ImageTooLarge, "image_too_large") // bytes, pixels, scans or cost
	// ErrSourceIncomplete is for a photo whose end is missing: the transfer broke off, or the file is cut short.
	ErrSourceIncomplete = New(SourceIncomplete, "source_incomplete")
	ErrPhotoOverloaded  = New(PhotoOverloaded, "overloaded") // too many photos are being fetched or decoded
)

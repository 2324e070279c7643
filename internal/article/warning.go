package article

// Warning is something about a registered version that its newsroom should look at. It stopped nothing.
type Warning struct {
	Code    string `json:"code"`            // such as "small_photo"; error codes of the API for a photo that failed
	Field   string `json:"field,omitempty"` // the API's name, such as "photo.url"; empty if no field is concerned
	Message string `json:"message"`         // a sentence
	Size    string `json:"size,omitempty"`  // name of the card's size that is concerned, the worst one if several are; empty: none
}

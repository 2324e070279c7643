package s3

import (
	"strings"

	"newsroom.example/cards/internal/blob"
)

// folder returns where the entries of a label are, such as by-photo/upload-5d41/ for upload:5d41. It is empty if no
// name can be made of the label.
func folder(label string) string {
	id := strings.ReplaceAll(label, ":", "-")
	if blob.CheckKey(id) != nil {
		return ""
	}
	return byPhoto + id + "/"
}

// entry returns the name of the object that says that the picture with the key has the label.
func entry(label, key string) string { return folder(label) + key }

// Package document reads the OpenAPI document for the generator of the served files, and for the test that
// checks the routes against it. The service itself serves the generated files and does not use it.
package document

import (
	"context"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"newsroom.example/cards/internal/api"
)

// Load reads the document and validates it.
func Load() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(api.YAML)
	if err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	return doc, nil
}

// Package document reads the OpenAPI document for who has to know it at work on the project: the
// generator of what is served, and the test that holds the routes to it. The service itself serves
// what was generated, and needs no reader.
package document

import (
	"context"
	"fmt"

	"github.com/getkin/kin-openapi/openapi3"

	"newsroom.example/cards/internal/api"
)

// Load reads the document and checks it against OpenAPI's own rules.
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

// Package api is the service's public contract: the OpenAPI document, and the types generated from it.
package api

import _ "embed"

//go:generate go run github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2 --config oapi-codegen.yaml openapi.yaml
//go:generate go run ./reference testdata/examples.json openapi.gen.json ../web/reference.gen.json

// YAML is the document's source.
//
//go:embed openapi.yaml
var YAML []byte

// JSON is the document that the service serves.
//
//go:embed openapi.gen.json
var JSON []byte

// Command reference converts the OpenAPI document, the examples that a test records and the table of error codes to the
// files that the service serves: the document as JSON, and the data of the page of the API reference.
//
//	reference EXAMPLES.json OPENAPI.json REFERENCE.json
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/api/document"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: reference EXAMPLES.json OPENAPI.json REFERENCE.json")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "reference:", err)
		os.Exit(1)
	}
}

func run(examples, openapi, reference string) error {
	doc, err := document.Load()
	if err != nil {
		return err
	}
	raw, err := os.ReadFile(examples)
	if err != nil {
		return err
	}
	var recorded []api.Example
	if err := json.Unmarshal(raw, &recorded); err != nil {
		return fmt.Errorf("%s: %w", examples, err)
	}
	if err := write(openapi, doc); err != nil {
		return err
	}
	return write(reference, referenceOf(doc, recorded))
}

func write(path string, v any) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		return err
	}
	return os.WriteFile(path, out.Bytes(), 0o644)
}

package handlers

import (
	"net/http"
	"sync"
	"testing"

	"newsroom.example/cards/internal/api/contract"
)

var theContract = sync.OnceValues(contract.Load)

// newService is New. Whatever the service answers is held to the OpenAPI document.
func newService(t testing.TB, d Deps) (http.Handler, error) {
	t.Helper()
	service, err := New(d)
	return held(t, service, (*contract.Contract).Check), err
}

// newHostileService is newService for requests that no client of the document would send.
func newHostileService(t testing.TB, d Deps) (http.Handler, error) {
	t.Helper()
	service, err := New(d)
	return held(t, service, (*contract.Contract).CheckAnswer), err
}

// held returns the service, and reports to the test what the check finds.
func held(t testing.TB, service http.Handler, check func(*contract.Contract, contract.Exchange) error) http.Handler {
	t.Helper()
	c, err := theContract()
	if err != nil {
		t.Fatal(err)
	}
	return contract.Hold(service, func(x contract.Exchange) {
		if err := check(c, x); err != nil {
			t.Errorf("the OpenAPI document: %v", err)
		}
	})
}

// hostileTo is held, for an input of a fuzz target.
func hostileTo(t *testing.T, service http.Handler) http.Handler {
	t.Helper()
	return held(t, service, (*contract.Contract).CheckAnswer)
}

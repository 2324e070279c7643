package handlers

import (
	"time"

	"newsroom.example/cards/handlers/access"
)

// Watch is told of the requests that the service answers; package metrics implements it. It must be safe for concurrent
// use, and fast.
type Watch interface {
	// Route is called for each route, before the first request: with its method and the pattern of its path.
	Route(method, path string)
	// Begin is called when a request comes, and Done when it was answered. path is the pattern of its route; any other
	// path is that of no route. began is when it came.
	Begin()
	Done(method, path string, status int, began time.Time)
	// SignInFailed is called when a sign-in to the studio is refused, with one of studio.Ways.
	SignInFailed(way string)
}

// unwatched is a Watch that nobody watches.
type unwatched struct{}

func (unwatched) Route(string, string)                {}
func (unwatched) Begin()                              {}
func (unwatched) Done(string, string, int, time.Time) {}
func (unwatched) SignInFailed(string)                 {}

// Sources can be read at any time.
type Sources struct {
	Responses func() (hits, misses uint64) // of requests for pictures whose answer is remembered
	Limited   func() map[string]uint64     // requests that were refused, by rate limit
}

func (s *server) sources() Sources {
	return Sources{Responses: s.pictures.Remembered, Limited: func() map[string]uint64 {
		limits := map[string]*access.Limiter{
			"unknown_codes": s.guard.Misses, "sign_ins": s.guard.SignIns, "provider_returns": s.guard.Returns,
		}
		refused := make(map[string]uint64, len(limits))
		for name, limit := range limits {
			refused[name] = limit.Refused()
		}
		return refused
	}}
}

package intake

import (
	"cmp"
	"context"
	"sync"

	"newsroom.example/cards/client"
	"newsroom.example/cards/internal/archive"
)

// register has the stories that the service has, and those that are being put. It is safe for concurrent use.
type register struct {
	mu    sync.Mutex
	byURL map[string]string // the ID, by the canonical URL
	state map[string]Outcome
	taken map[string]bool // IDs that this run puts
}

// known reads the stories that a service has, and those that were withdrawn.
func known(ctx context.Context, s Service) (*register, error) {
	r := &register{byURL: map[string]string{}, state: map[string]Outcome{}, taken: map[string]bool{}}
	for _, list := range []struct {
		state   string
		outcome Outcome
	}{{"withdrawn", Withdrawn}, {"", Kept}} { // a URL that is registered again is not withdrawn
		o := client.ListOptions{Fields: []string{"id", "url"}, State: list.state, Limit: 1000}
		for a, err := range s.EachArticle(ctx, o) {
			if err != nil {
				return nil, err
			}
			r.byURL[a.URL], r.state[a.ID] = a.ID, list.outcome
		}
	}
	return r, nil
}

// is returns what is known of a story, or "". The ID may be empty.
func (r *register) is(id, canonical string) Outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lookUp(id, canonical)
}

func (r *register) lookUp(id, canonical string) Outcome {
	at, ok := r.byURL[canonical]
	if ok {
		return r.state[at]
	}
	return r.state[id]
}

// claim returns what is known of a story, gives it the ID that its URL has, or a new one if it has none, and remembers
// that it is put: a story that comes twice is there the second time.
func (r *register) claim(id *string, canonical string) Outcome {
	r.mu.Lock()
	defer r.mu.Unlock()
	outcome := r.lookUp(*id, canonical)
	*id = cmp.Or(r.byURL[canonical], *id, archive.ID(canonical))
	if r.taken[*id] {
		return twice
	}
	r.taken[*id], r.byURL[canonical] = true, *id
	if outcome == "" {
		r.state[*id] = twice
	}
	return outcome
}

// twice is the outcome of a story that comes again.
const twice Outcome = "listed twice"

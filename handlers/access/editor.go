package access

import (
	"context"
	"net/http"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
	"newsroom.example/cards/internal/tokens"
)

// Editor is who has signed in, and what she may do.
type Editor = editors.Editor

// Role says what an editor may do.
type Role = editors.Role

// The roles. Each may do what those before it may.
const (
	RoleViewer = editors.Viewer
	RoleEditor = editors.Writer
	RoleAdmin  = editors.Admin
)

// ErrRole says that an editor who is signed in may not do what she asks for.
var ErrRole = fault.Public(fault.Forbidden, "the role does not allow it", "your role does not allow this; ask an "+
	"admin of the service for another one")

// Editor returns who sends the request, as Who does. ok is false if nobody has signed in, or that cannot be told now.
func (g *Guard) Editor(r *http.Request) (e Editor, ok bool) {
	e, err := g.Who(r)
	return e, err == nil
}

// Who returns who sends the request: the holder of a token with the scope admin, or an editor who has a session or whom
// a trusted proxy names, and whose browser did not send the request for a page of another site. Errors: ErrNotSignedIn,
// those of Allowed, and those of the store.
func (g *Guard) Who(r *http.Request) (Editor, error) {
	if e, ok := EditorOf(r.Context()); ok { // it was asked before
		return e, nil
	}
	if given := bearer(r); g.IsToken(given) || tokens.IsForm(given) {
		e, site, err := g.Allowed(r, tokens.Admin)
		if err == nil && site != "" { // the studio has the stories of all
			err = ErrRole
		}
		return e, err
	}
	if !g.mayBeSignedIn(r) {
		return Editor{}, ErrNotSignedIn
	}
	if e, ok := g.Header.editor(r); ok {
		return e, nil
	}
	s, err := g.session(r)
	return s.Editor, err
}

// HasSession reports whether the request has a session, which can be ended.
func (g *Guard) HasSession(r *http.Request) bool {
	_, err := g.session(r)
	return err == nil
}

type editorKey struct{}

// As returns a context of a request that the editor sends. Changes in it are entered in the journal with her name.
func As(ctx context.Context, e Editor) context.Context {
	return journal.By(context.WithValue(ctx, editorKey{}, e), e.Who())
}

// EditorOf returns the editor who sends the request with the context. ok is false if the route asks for none.
func EditorOf(ctx context.Context) (e Editor, ok bool) {
	e, ok = ctx.Value(editorKey{}).(Editor)
	return e, ok
}

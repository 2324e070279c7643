package access

import (
	"context"
	"net/http"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/fault"
	"newsroom.example/cards/internal/journal"
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

// Holder is who sends the API token.
var Holder = Editor{Name: "API token", Role: RoleAdmin}

// Editor returns who sends the request: the holder of the API token, or an editor with a session whose browser did not
// send the request for a page of another site. ok is false if nobody has signed in.
func (g *Guard) Editor(r *http.Request) (e Editor, ok bool) {
	if g.HasToken(r) || g.IsSignedIn(r) {
		return Holder, true
	}
	return Editor{}, false
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

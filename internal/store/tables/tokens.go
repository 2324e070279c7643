package tables

import (
	"strings"
	"time"

	"newsroom.example/cards/internal/editors"
	"newsroom.example/cards/internal/tokens"
)

// TokenColumns are the columns of a token, in the order of TokenValues and ScanToken.
const TokenColumns = "id, name, hash, scopes, site, made, ends, used, revoked"

// TokenValues returns the values of TokenColumns.
func TokenValues(t tokens.Token) []any {
	return []any{t.ID, t.Name, string(t.Hash), tokens.Join(t.Scopes), t.Site, millis(t.Made),
		millis(t.Ends), millis(t.Used), millis(t.Revoked)}
}

// ScanToken reads TokenColumns. A scope that only a later release knows is left out.
func ScanToken(row interface{ Scan(...any) error }) (t tokens.Token, err error) {
	var hash, scopes string
	var made, ends, used, revoked int64
	if err = row.Scan(&t.ID, &t.Name, &hash, &scopes, &t.Site, &made, &ends, &used, &revoked); err != nil {
		return t, err
	}
	t.Hash = editors.Hash(hash)
	for name := range strings.SplitSeq(scopes, ",") {
		if one, err := tokens.ParseScopes([]string{name}); err == nil {
			t.Scopes = append(t.Scopes, one...)
		}
	}
	t.Made, t.Ends, t.Used, t.Revoked = since(made), since(ends), since(used), since(revoked)
	return t, nil
}

// millis returns a time as it is stored: 0 is the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func since(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return Time(ms)
}

// TokenDetail is what the journal says of a token that is made or revoked: never a part of its secret or hash.
func TokenDetail(t tokens.Token) string {
	detail := t.Name + ", " + tokens.Join(t.Scopes)
	if t.Site != "" {
		detail += ", site " + t.Site
	}
	return detail
}

// NamedToken selects the ID of the token in use that a name or an ID, the parameters, stands for. A name comes first.
func NamedToken(name, id string) string {
	return "coalesce((SELECT id FROM tokens WHERE revoked = 0 AND name = " + name + "), " + id + ")"
}

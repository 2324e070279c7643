// Package ghost registers the posts of a Ghost with a cards service, and gives each post its card as the picture for
// networks. It reads and writes posts by Ghost's Admin API, and receives Ghost's webhooks.
package ghost

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// ErrNoPost is returned for a post that Ghost does not have.
var ErrNoPost = errors.New("ghost: no such post")

// errChanged is returned if somebody has changed a post since it was read.
var errChanged = errors.New("ghost: the post was changed meanwhile")

const maxAnswer = 16 << 20 // bytes of an answer: posts come with their text

// Admin calls the Admin API of one Ghost. It is safe for concurrent use.
type Admin struct {
	base, id string
	secret   []byte
	http     *http.Client
}

// NewAdmin returns a client of the Ghost with the address base, such as https://paper.example. key is an Admin API key:
// its ID, a colon, and its secret in hexadecimal digits.
func NewAdmin(base, key string) (*Admin, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, errors.New("ghost: the address must begin with http:// or https://")
	}
	id, digits, ok := strings.Cut(key, ":")
	secret, err := hex.DecodeString(digits)
	if !ok || id == "" || err != nil || len(secret) == 0 {
		return nil, errors.New("ghost: the Admin API key must be ID:SECRET, with a secret in hexadecimal digits")
	}
	// The token is for this host alone.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Admin{base: strings.TrimRight(base, "/"), id: id, secret: secret,
		http: &http.Client{Timeout: 20 * time.Second, CheckRedirect: stay}}, nil
}

// Post returns the post with the ID.
func (a *Admin) Post(ctx context.Context, id string) (Post, error) {
	var all posts
	if err := a.call(ctx, http.MethodGet, "posts/"+url.PathEscape(id)+"/?include=authors,tags", nil, &all); err != nil {
		return Post{}, err
	}
	if len(all.Posts) != 1 || all.Posts[0].ID != id {
		return Post{}, errors.New("ghost: the answer has another post")
	}
	return all.Posts[0], nil
}

// SetImages sets the pictures for networks of a post, as it was read.
func (a *Admin) SetImages(ctx context.Context, p Post, og, twitter string) error {
	change := map[string]any{"posts": []map[string]string{
		{"og_image": og, "twitter_image": twitter, "updated_at": p.UpdatedAt}}}
	return a.call(ctx, http.MethodPut, "posts/"+url.PathEscape(p.ID)+"/", change, nil)
}

func (a *Admin) call(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, a.base+"/ghost/api/admin/"+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Ghost "+a.token(time.Now()))
	req.Header.Set("Accept-Version", "v5.0")
	req.Header.Set("Content-Type", "application/json")
	res, err := a.http.Do(req)
	if err != nil {
		return fmt.Errorf("ghost: %w", err)
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusNotFound && saysNotFound(res.Body):
		return ErrNoPost
	case res.StatusCode == http.StatusConflict:
		return errChanged
	case res.StatusCode != http.StatusOK:
		return fmt.Errorf("ghost: the Admin API answered %s", res.Status)
	case out == nil:
		return nil
	}
	return json.NewDecoder(io.LimitReader(res.Body, maxAnswer)).Decode(out)
}

// token returns a JSON Web Token as the Admin API wants it: HS256, for /admin/, and valid for at most five minutes.
func (a *Admin) token(now time.Time) string {
	encode := base64.RawURLEncoding.EncodeToString
	head, _ := json.Marshal(map[string]string{"alg": "HS256", "typ": "JWT", "kid": a.id})
	claims, _ := json.Marshal(map[string]any{"iat": now.Unix(), "exp": now.Add(5 * time.Minute).Unix(), "aud": "/admin/"})
	signed := encode(head) + "." + encode(claims)
	mac := hmac.New(sha256.New, a.secret)
	mac.Write([]byte(signed))
	return signed + "." + encode(mac.Sum(nil))
}

// saysNotFound reports whether an answer is Ghost's own for a missing post. A proxy's 404 must not withdraw a story.
func saysNotFound(body io.Reader) bool {
	var answer struct {
		Errors []struct {
			Type string `json:"type"`
		} `json:"errors"`
	}
	err := json.NewDecoder(io.LimitReader(body, maxAnswer)).Decode(&answer)
	return err == nil && len(answer.Errors) == 1 && answer.Errors[0].Type == "NotFoundError"
}

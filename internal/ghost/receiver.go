package ghost

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"time"

	"newsroom.example/cards/client"
)

const (
	maxBody    = 8 << 20 // bytes of a webhook
	maxWaiting = 8       // webhooks at a time; others are answered with 503
	workTime   = time.Minute
)

var postID = regexp.MustCompile(`^[0-9a-f]{24}$`)

// Receiver answers the webhooks of a Ghost. What a webhook says of a post is only a hint to read the post: webhooks may
// come late, twice and in any order.
type Receiver struct {
	Ghost   *Admin
	Service *client.Client
	Secret  string // of the webhooks
	Site    string // the site's name on cards
	Log     *slog.Logger

	one     sync.Mutex // posts are worked on one after the other
	waiting chan struct{}
}

// Handler returns the handler of webhooks. Call it once.
func (r *Receiver) Handler() http.Handler {
	r.waiting = make(chan struct{}, maxWaiting)
	return http.HandlerFunc(r.receive)
}

// receive answers 204 for what is done, 401 without a valid signature, 400 for what is no webhook of a post, and 503 if
// Ghost or the service is down. It never answers 410, for which Ghost removes a webhook.
func (r *Receiver) receive(w http.ResponseWriter, req *http.Request) {
	if req.Method != http.MethodPost {
		http.Error(w, "only POST", http.StatusMethodNotAllowed)
		return
	}
	select {
	case r.waiting <- struct{}{}:
		defer func() { <-r.waiting }()
	default:
		http.Error(w, "too many webhooks at a time", http.StatusServiceUnavailable)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxBody))
	if err != nil {
		http.Error(w, "the body cannot be read, or is too large", http.StatusRequestEntityTooLarge)
		return
	}
	if !Signed(req.Header.Get("X-Ghost-Signature"), body, r.Secret, time.Now()) {
		http.Error(w, "X-Ghost-Signature is not valid, or too old", http.StatusUnauthorized)
		return
	}
	id := idOf(body)
	if id == "" {
		http.Error(w, "not a webhook of a post", http.StatusBadRequest)
		return
	}
	// Ghost waits only two seconds. What it asked for goes on.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(req.Context()), workTime)
	defer cancel()
	if err := r.Update(ctx, id); err != nil {
		r.Log.Error("post not updated", "post", id, "error", err)
		http.Error(w, "Ghost or the service did not take it", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// idOf returns the ID of the post in a webhook. A deleted post is only in previous.
func idOf(body []byte) string {
	var hook struct {
		Post struct {
			Current, Previous struct {
				ID string `json:"id"`
			}
		} `json:"post"`
	}
	if json.Unmarshal(body, &hook) != nil {
		return ""
	}
	for _, id := range []string{hook.Post.Current.ID, hook.Post.Previous.ID} {
		if postID.MatchString(id) {
			return id
		}
	}
	return ""
}

// Update brings the service and the pictures of a post in step with the post as it is now. It can be repeated: a post
// that is in step is not written.
func (r *Receiver) Update(ctx context.Context, id string) error {
	r.one.Lock()
	defer r.one.Unlock()
	err := r.update(ctx, id)
	if errors.Is(err, errChanged) {
		err = r.update(ctx, id)
	}
	return err
}

func (r *Receiver) update(ctx context.Context, id string) error {
	p, err := r.Ghost.Post(ctx, id)
	if errors.Is(err, ErrNoPost) || err == nil && p.Status != "published" {
		return r.withdraw(ctx, id)
	}
	if err != nil {
		return err
	}
	story, err := r.Service.PutArticle(ctx, "ghost-"+id, p.article(r.Site), client.PutOptions{})
	if err != nil {
		return err
	}
	og, twitter := choose(p.OGImage, story.Images.OG.URL), choose(p.TwitterImage, story.Images.Twitter.URL)
	if og == p.OGImage && twitter == p.TwitterImage {
		return nil
	}
	return r.Ghost.SetImages(ctx, p, og, twitter)
}

func (r *Receiver) withdraw(ctx context.Context, id string) error {
	err := r.Service.DeleteArticle(ctx, "ghost-"+id)
	var answer *client.Error
	if errors.As(err, &answer) && (answer.Status == http.StatusNotFound || answer.Status == http.StatusGone) {
		return nil
	}
	return err
}

// choose returns the card's URL, unless the post has a picture of another host: an editor has set that by hand.
func choose(has, card string) string {
	a, err := url.Parse(has)
	b, cardErr := url.Parse(card)
	if has != "" && (err != nil || cardErr != nil || a.Host != b.Host) || card == "" {
		return has
	}
	return card
}

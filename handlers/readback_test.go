package handlers

import (
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"newsroom.example/cards/handlers/present"
	"newsroom.example/cards/internal/api"
	"newsroom.example/cards/internal/article"
	"newsroom.example/cards/internal/fetch"
	"newsroom.example/cards/internal/store"
	"newsroom.example/cards/internal/stories"
)

// everyField is the body of a PUT with every field.
const everyField = `{"format":"text","url":"https://news.example/storm","shared_url":"https://news.example/storm?utm_source=mail","headline":"Storm \u201cfront\u201d stalls",
	"deck":"A second night","speaker":"The master","speaker_role":"of the harbor","fields":{"number":"3–0"},"caption":"Waves &amp; wind","credit":"Agency","byline":["Jo Kim",{"name":"Min Lee","x":"minlee"}],"kicker":"Coast","site":"The Harbor Post","lang":"en","badge":"live",
	"photo":{"url":"https://pictures.example/a.jpg","alt":"A pier","focal":[0.25,0.75],"rights":{"expires":"2027-11-23T12:00:00Z","territories":["GB","KR"],"social":false}},"portrait":{"url":"https://pictures.example/min.jpg","alt":"Min Lee","focal":[0.5,0.25]},"template":"photo","theme":"night",
	"font_step":-1,"published_at":"2026-11-23T23:30:00+09:00","updated_at":"2026-11-23T15:00:00Z",
	"embargo_until":"2026-11-23T12:00:00-05:00","kind":"live","tags":["storm","coast"],"description":"What it means."}`

// ownFields are the fields that only an answer has.
var ownFields = []string{"id", "version", "short_url", "alt", "photo_id", "portrait_id", "images", "meta_html", "share", "warnings", "created", "updated"}

// keeping is a house that keeps the last article that was put.
func keeping(t *testing.T) (h *house, kept *store.Record) {
	h, kept = newHouse(t), &store.Record{}
	h.articles.PutFn = func(a article.Article, _ stories.PutOptions) (stories.Result, error) {
		a, err := a.Normalize()
		if err != nil {
			return stories.Result{}, err
		}
		created := kept.Revision == 0
		*kept = store.Record{Article: a, Version: a.Version(""), Code: "abcdefg", Created: noon, Changed: noon,
			Revision: kept.Revision + 1, Warnings: []article.Warning{{Code: "no_credit", Field: "credit", Message: "m", Size: "kakao"}}}
		return stories.Result{Record: *kept, Created: created, Warnings: []stories.Warning{{Warning: article.Warning{Code: "no_credit", Field: "credit", Message: "m", Size: "kakao"}}}}, nil
	}
	h.articles.byID = func(string) (store.Record, error) {
		if kept.Revision == 0 {
			return store.Record{}, store.ErrNotFound
		}
		return *kept, nil
	}
	return h, kept
}

// object decodes the JSON object of an answer.
func object(t *testing.T, resp *http.Response) (all map[string]any) {
	t.Helper()
	raw := text(t, resp)
	if err := json.Unmarshal([]byte(raw), &all); err != nil || resp.StatusCode > 299 {
		t.Fatalf("%d %v: %s", resp.StatusCode, err, raw)
	}
	return all
}

// TestPortraitRefused: a portrait that cannot be used is named in a strict refusal, not the photo.
func TestPortraitRefused(t *testing.T) {
	h := newHouse(t)
	h.articles.PutFn = func(article.Article, stories.PutOptions) (stories.Result, error) {
		return stories.Result{}, errors.Join(stories.ErrPortrait, fetch.ErrUnavailable)
	}
	resp := h.do(t, authorized("PUT", "/v1/articles/storm-1?strict=1", everyField))
	if got := text(t, resp); resp.StatusCode != 422 || !strings.Contains(got, `"field":"portrait.url"`) || strings.Contains(got, "photo.url") {
		t.Errorf("%d %s", resp.StatusCode, got)
	}
}

// TestReadBack: GET has every field of the PUT, with the same name and form. Without the fields of the answer, and with
// the URL that was put, it is the body of a PUT that changes nothing.
func TestReadBack(t *testing.T) {
	h, kept := keeping(t)
	var sent map[string]any
	if err := json.Unmarshal([]byte(everyField), &sent); err != nil {
		t.Fatal(err)
	}
	for f := range reflect.TypeFor[api.Article]().Fields() {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); sent[name] == nil {
			t.Errorf("the test sends no %s", name)
		}
	}
	put := object(t, h.do(t, authorized("PUT", "/v1/articles/storm-1", everyField)))
	got := object(t, h.do(t, authorized("GET", "/v1/articles/storm-1", "")))
	if !reflect.DeepEqual(put, got) {
		t.Errorf("PUT answers\n%v\nGET answers\n%v", put, got)
	}
	if got["url"] != "https://news.example/storm" {
		t.Errorf("the canonical URL is %v", got["url"])
	}
	for _, name := range ownFields {
		if got[name] == nil && name != "photo_id" && name != "portrait_id" {
			t.Errorf("the answer has no %s", name)
		}
		delete(got, name)
	}
	if !reflect.DeepEqual(sent, got) {
		t.Errorf("sent\n%v\ngot\n%v", sent, got)
	}
	before := *kept
	again, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	object(t, h.do(t, authorized("PUT", "/v1/articles/storm-1", string(again))))
	if kept.Version != before.Version || !reflect.DeepEqual(present.Fields(kept.Article), present.Fields(before.Article)) {
		t.Errorf("put again\n%+v\nbefore\n%+v", kept.Article, before.Article)
	}
	if put["created"] != "2026-11-23T12:00:00Z" || put["updated"] != "2026-11-23T12:00:00Z" {
		t.Errorf("created %v, updated %v", put["created"], put["updated"])
	}
	if warnings, _ := json.Marshal(put["warnings"]); string(warnings) != `[{"code":"no_credit","field":"credit","message":"m","size":"kakao"}]` {
		t.Errorf("warnings %s", warnings)
	}
}

// TestTags: an answer has the same ETag as long as it is the same, and another if anything of it changes: the article,
// its revision, or a setting.
func TestTags(t *testing.T) {
	h, kept := keeping(t)
	get := func() string {
		t.Helper()
		resp := h.do(t, authorized("GET", "/v1/articles/storm-1", ""))
		if resp.StatusCode != 200 {
			t.Fatal(resp.StatusCode)
		}
		return resp.Header.Get("ETag")
	}
	put := h.do(t, authorized("PUT", "/v1/articles/storm-1", everyField))
	first := get()
	if put.StatusCode != 201 || put.Header.Get("ETag") != first || put.Header.Get("Content-Location") != "/v1/articles/storm-1" {
		t.Errorf("PUT: %d %v; GET: %s", put.StatusCode, put.Header, first)
	}
	seen := map[string]string{first: "first"}
	for why, change := range map[string]func(){
		"revision": func() { kept.Revision++ }, "time": func() { kept.Changed = noon.Add(time.Millisecond) },
		"warnings":   func() { kept.Warnings = nil },
		"public URL": func() { h.deps.PublicURL = "https://other.example" }, "account": func() { h.deps.Share.TwitterVia = "harbor" },
		"photo": func() { kept.PhotoID = "upload:1" },
	} {
		record, deps := *kept, h.deps
		change()
		tag := get()
		if seen[tag] != "" || !strings.HasPrefix(tag, `"`) || !strings.HasSuffix(tag, `"`) {
			t.Errorf("%s: %s, as of %s", why, tag, seen[tag])
		}
		seen[tag] = why
		*kept, h.deps = record, deps
	}
	if get() != first {
		t.Error("the same answer has another tag")
	}
	packed := h.do(t, request("GET", "/v1/articles/storm-1", "", "Authorization", "Bearer "+token, "Accept-Encoding", "gzip"))
	if want := strings.TrimSuffix(first, `"`) + `-gzip"`; packed.Header.Get("ETag") != want {
		t.Errorf("compressed: %s, want %s", packed.Header.Get("ETag"), want)
	}
	if dry := h.do(t, authorized("PUT", "/v1/articles/storm-1?dry_run=1", everyField)); dry.Header.Get("ETag") != "" || dry.Header.Get("Content-Location") != "" {
		t.Errorf("a dry run: %v", dry.Header)
	}
}

// TestConditionsOfRequests: which conditions let which request pass.
func TestConditionsOfRequests(t *testing.T) {
	h := newHouse(t)
	tag := h.do(t, authorized("GET", "/v1/articles/storm-1", "")).Header.Get("ETag")
	packed := strings.TrimSuffix(tag, `"`) + `-zstd"`
	const body = `{"url":"https://news.example/storm","headline":"A"}`
	const passes = 0 // the usual status
	for _, tt := range []struct {
		why, name, value string
		get, change, put int // status of GET, of PUT, PATCH, DELETE and refresh, and of a PUT of a new article
	}{
		{"its tag", "If-Match", tag, passes, passes, 412},
		{"its tag of a compressed answer", "If-Match", packed, passes, passes, 412},
		{"one of several", "If-Match", `"a,b" , ,W/"c",` + tag, passes, passes, 412},
		{"any", "If-Match", " * ", passes, passes, 412},
		{"another tag", "If-Match", `"nope"`, 412, 412, 412},
		{"a tag with an end like it", "If-Match", `"x` + tag[1:], 412, 412, 412},
		{"its tag, weak", "If-Match", "W/" + tag, 412, 412, 412},
		{"not any", "If-None-Match", "*", 304, 412, passes},
		{"not its tag", "If-None-Match", tag, 304, 412, passes},
		{"not its tag, weak", "If-None-Match", "W/" + tag, 304, 412, passes},
		{"not the tag of a compressed answer", "If-None-Match", packed, 304, 412, passes},
		{"not another tag", "If-None-Match", `"nope"`, passes, passes, passes},
		{"no quotes", "If-Match", "nope", 400, 400, 400},
		{"nothing", "If-Match", "", 400, 400, 400},
		{"one quote", "If-None-Match", `"nope`, 400, 400, 400},
		{"no comma", "If-Match", tag + " " + tag, 400, 400, 400},
		{"any and one", "If-Match", "*, " + tag, 400, 400, 400},
		{"a blank in a tag", "If-None-Match", `"a b"`, 400, 400, 400},
		{"small w", "If-None-Match", `w/"a"`, 400, 400, 400},
	} {
		for _, r := range []struct {
			method, target, body string
			usual, want          int
		}{
			{"GET", "/v1/articles/storm-1", "", 200, tt.get}, {"HEAD", "/v1/articles/storm-1", "", 200, tt.get},
			{"PUT", "/v1/articles/storm-1", body, 201, tt.change}, {"PATCH", "/v1/articles/storm-1", `{"headline":"A"}`, 200, tt.change},
			{"DELETE", "/v1/articles/storm-1", "", 204, tt.change}, {"POST", "/v1/articles/storm-1:refresh", "", 200, tt.change},
			{"PUT", "/v1/articles/new", body, 201, tt.put},
		} {
			req := request(r.method, r.target, r.body, "Authorization", "Bearer "+token, "Content-Type", "application/json")
			req.Header[tt.name] = []string{tt.value}
			resp := h.do(t, req)
			if want := max(r.want, r.usual*(1-min(r.want, 1))); resp.StatusCode != want {
				t.Errorf("%s, %s %s: %d, want %d", tt.why, r.method, r.target, resp.StatusCode, want)
				continue
			}
			raw := text(t, resp)
			switch resp.StatusCode {
			case 304:
				if resp.Header.Get("ETag") != tag || raw != "" {
					t.Errorf("%s: 304 with %v, %q", tt.why, resp.Header, raw)
				}
			case 400:
				if r.method != "HEAD" && !strings.Contains(raw, `"field":"`+tt.name+`"`) {
					t.Errorf("%s: %s", tt.why, raw)
				}
			}
		}
	}
	for target, status := range map[string]int{"DELETE /v1/articles/new": 404, "PATCH /v1/articles/new": 404, "POST /v1/articles/new:refresh": 404, "GET /v1/articles/new": 404} {
		method, path, _ := strings.Cut(target, " ")
		if resp := h.do(t, request(method, path, "{}", "Authorization", "Bearer "+token, "Content-Type", "application/json", "If-Match", tag)); resp.StatusCode != status {
			t.Errorf("%s: %d", target, resp.StatusCode)
		}
	}
}

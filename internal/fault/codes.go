package fault

import "slices"

// Code is an error code of the API, explained to those who write clients.
type Code struct {
	Code   string
	Status []int  // that it comes with, in ascending order
	When   string // what has happened
	Do     string // what the client should do
}

// explained explains the codes, in the order in which they are listed.
var explained = []Code{
	{Code: "invalid_request", When: "The request is malformed, or one of its fields is: field names it, details lists all.",
		Do: "Correct it. The same request fails again."},
	{Code: "unauthorized", When: "The token is missing or wrong, or has expired or was revoked, or the session has ended.",
		Do: "Send Authorization: Bearer and an API token; docs/access.md says how to get one."},
	{Code: "forbidden", When: "Who asks is known, but the scopes or the site of the token, or her role, do not allow it. The message names the scope that is missing.",
		Do: "Ask the operator for a token with that scope, or an admin of the service for another role."},
	{Code: "bad_signature", When: "The URL needs a signature, and has none or a wrong one.",
		Do: "Sign the path and all parameters; see docs/signing.md. The answer never says what is wrong."},
	{Code: "not_found", When: "Nothing is here, or the story is under embargo and the request has no token.",
		Do: "Check the path and the id."},
	{Code: "expired", When: "The story was withdrawn, or the signed URL has expired.",
		Do: "If the story was withdrawn, remove the link. If the URL is past its expires, sign a new one."},
	{Code: "gone", When: "The photo was withdrawn. Its bytes are refused from then on.",
		Do: "Use another photo."},
	{Code: "stale", When: "The article's updated_at is older than that of the stored article. Nothing was stored.",
		Do: "Read the article again, or store it all the same with force=1."},
	{Code: "precondition_failed", When: "If-Match or If-None-Match does not hold: somebody else has changed the article or, with If-None-Match: *, the id is taken.",
		Do: "Read the article again, apply the change to what it is now, and send it with the new ETag."},
	{Code: "too_large", When: "The body is larger than the route takes.",
		Do: "Send a smaller one: JSON of at most 64 KiB, a batch of at most 2 MiB, each article at most 64 KiB, a photo of at most 10 MiB."},
	{Code: "unsupported_image", When: "The photo is of a kind that the service does not read, such as AVIF, HEIC or a lossless JPEG. The message names it.",
		Do: "Send a JPEG, PNG, GIF or WebP. docs/photos.md says how to have AVIF and HEIC delivered as JPEG."},
	{Code: "image_too_large", When: "The photo has too many bytes or pixels. The message has the limit and the photo's own value.",
		Do: "Send a smaller one, of at most 10 MiB and 50 megapixels."},
	{Code: "image_invalid", When: "The photo's file is damaged or incomplete.",
		Do: "Export it again."},
	{Code: "source_unavailable", When: "The URL of a photo or page could not be fetched: no such host, no answer of 200, or an address that is not public; or there is no upload with this id. One code for all reasons.",
		Do: "Open the URL from outside; allow a private host with --photo-allow; or upload the photo. The service's log has the reason."},
	{Code: "source_incomplete", When: "The source sent only a part of the photo.",
		Do: "Try again later."},
	{Code: "source_timeout", When: "The source took too long to answer.",
		Do: "Try again later, or upload the photo."},
	{Code: "rate_limited", When: "One network sent too many requests that failed.",
		Do: "Wait as long as Retry-After says."},
	{Code: "overloaded", When: "The service is busy, starts or stops, or its database or disk fails at the moment.",
		Do: "Try again after Retry-After seconds. Nothing was stored."},
	{Code: "internal", When: "A fault of the service, which its log explains under the request_id.",
		Do: "Try again once; then report it with the request_id."},
}

// Codes returns every error code of the API.
func Codes() []Code {
	all := slices.Clone(explained)
	for i := range all {
		for _, a := range answers {
			if a.Code == all[i].Code && !slices.Contains(all[i].Status, a.Status) {
				all[i].Status = append(all[i].Status, a.Status)
			}
		}
		slices.Sort(all[i].Status)
	}
	return all
}

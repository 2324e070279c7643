// Package clean cleans text that comes from outside. Every text passes through Line, and the cards, the tags of a
// page, the share links and oEmbed all show its result, so that they never differ.
//
// # A line
//
// A line is valid UTF-8 in Normalization Form C without control characters. Line returns an error if a text is not
// valid or contains a control character other than a tab or a line break. White space is folded to single spaces,
// except no-break and ideographic spaces, which have a meaning. Characters that hide or reorder text are removed:
//
//   - overrides of the writing direction, and isolates and embeddings that are not closed in order (Unicode
//     Standard Annex #9);
//   - tag characters outside of an emoji flag (Unicode Technical Standard #51), interlinear annotation, byte
//     order marks and noncharacters at the end of the first plane;
//   - combining marks beyond 30 on one base (Stream-Safe Text Format, Unicode Standard Annex #15).
//
// A line without visible characters becomes the empty line.
//
// # HTML
//
// The responses of WordPress' REST API, feeds and many content management systems contain headlines such as
// "Tom &amp; Jerry&#8217;s <em>day</em>". Our fields are plain text, so this would look wrong on the card, in the
// tags and in every link. But a headline may also be about HTML, and then its text must stay unchanged.
//
// Any of these proves that a text is HTML:
//
//   - a character reference other than &amp;, &lt;, &gt; and &nbsp;, because people do not type those by hand:
//     numeric references, quotation marks, dashes, accented letters;
//   - a pair of known tags. A pair of inline tags without attributes counts only around words. If the pair is empty,
//     or has a space inside at both ends as in "use <b> and </b>", the text may be about the tag;
//   - a tag that needs no end tag (br, wbr, hr, img, p, li) directly after a word, as in "one<br>two", or two of them
//     directly before words. So "what does <br> do?" stays.
//
// In such a text a bare & and a < that begins no tag are literal, as in HTML. The tags are removed only if all are
// known and closed in order (p and li may lack the end tag). Otherwise the tags stay, and so do &amp;, &lt; and &gt;.
//
// A text without such proof is taken for HTML if it contains &amp;, &lt;, &gt; or &nbsp; and no bare & or <. A bare
// & or < shows that the text was not encoded, and it stays: "AT&T", "a < b", "AT&T: how to write &lt;br&gt;".
//
// In HTML, character references are decoded and tags are removed. Inline tags, wbr and comments are replaced by
// nothing, other tags by a space. &nbsp; becomes a plain space, because editors insert it to separate words, not to
// join them. Digits in sup and sub become superscripts such as ⁶ and subscripts such as ₆. Two references that form a
// surrogate pair become one character. References to characters that text cannot contain (a control character, a lone
// surrogate, a noncharacter, U+FFFD) are removed.
//
// The result may be HTML again. If it contains proof, the text was encoded twice
// ("Tom &amp;amp; Jerry&amp;#8217;s", "&lt;b&gt;Tom&lt;/b&gt;") and is decoded again. Without proof it may be meant
// literally, so &amp;, &lt; and &gt; are not decoded: "How to use &amp;amp; in HTML". This also ensures that a decoded
// text is not decoded again when a client sends it back.
//
// Known limit: a plain text about HTML is taken for HTML if every & and < in it looks encoded, as in
// "How to use &amp; in HTML".
package clean

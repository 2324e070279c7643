// Package clean makes text from outside fit to be shown. Every text enters through Line, and every surface
// shows what Line gave: a card, the tags of a page, a share link and oEmbed never differ.
//
// # A line
//
// A line is valid UTF-8 in Normalization Form C without control characters; it is refused where it is not
// valid or holds a control character other than a tab or a line break. White space folds to single spaces,
// except no-break and ideographic spaces, which carry meaning. What hides text or turns it around goes:
//
//   - overrides of the writing direction, and isolates and embeddings that are not closed in order (Unicode
//     Standard Annex #9);
//   - tag characters outside of an emoji flag (Unicode Technical Standard #51), interlinear annotation, byte
//     order marks and noncharacters at the end of the first plane;
//   - combining marks beyond 30 on one base (Stream-Safe Text Format, Unicode Standard Annex #15).
//
// A line in which there is nothing to see is empty.
//
// # HTML
//
// WordPress' REST answers, feeds and the fields of many content management systems hold
// "Tom &amp; Jerry&#8217;s <em>day</em>" for a headline. No field of ours is HTML, so shown as it stands that
// is wrong on the card, in the tags and in every link. But a text may also speak of HTML, and be meant as it
// stands.
//
// Three things prove that a text is HTML:
//
//   - a reference that nobody types: any but &amp;, &lt;, &gt; and &nbsp;, so numbers, quotation marks,
//     dashes, accented letters;
//   - a pair of known tags. A pair of words' tags counts only around words, or with attributes: a pair that
//     is empty or has a space inside at both ends, "use <b> and </b>", may be spoken of;
//   - a tag without an end (br, wbr, hr, img, p, li) directly behind a word, or two of them directly before
//     one: "one<br>two". So "what does <br> do?" stays.
//
// In such a text a bare & and a < that begins no tag are literal, as in HTML. All tags must be known and
// closed in order, p and li may lack their end; else the tags stay, with &amp;, &lt; and &gt;.
//
// A text without proof is HTML where it holds &amp;, &lt;, &gt; or &nbsp; and no bare & or <. One bare one
// shows that nobody encoded it, and it stays: "AT&T", "a < b", "AT&T: how to write &lt;br&gt;".
//
// Of HTML the references are decoded and the tags removed: those of words, wbr and comments leave
// nothing, the others a space. A no-break space becomes a plain one, since editors' programs write it to hold
// two words apart, not together. Digits in sup and sub become ⁶ and ₆. A pair of references to surrogates
// is the character that they mean; one to what is no character of text (a control, U+0000, a lone
// surrogate, U+FFFD) leaves nothing.
//
// What that gives may be HTML again. With proof in it, it was encoded twice ("Tom &amp;amp; Jerry&amp;#8217;s",
// "&lt;b&gt;Tom&lt;/b&gt;") and is decoded again. Without, it may be meant, so &amp;, &lt; and &gt; stay as
// they came: "How to use &amp;amp; in HTML". So what was decoded is not decoded again when it comes back.
//
// What the rule cannot know is a plain text that speaks of HTML and looks encoded in all its parts:
// "How to use &amp; in HTML" is taken for HTML.
package clean

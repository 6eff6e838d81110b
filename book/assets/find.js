// What the search of the book and that of a list share: which words of a text answer to a query.
// A word answers whole if it has the same stem, and failing that by its beginning. Words in
// quotation marks, or joined by a hyphen, answer side by side; quoted ones as they are written.
// Stems are Snowball's (BSD; the folder beside this file holds it and its licence).
const finder = (() => {
  const WORD = /\p{L}\.(?:\s?\p{L}\.)+|(?:\p{L}\.)+\p{L}(?![\p{L}\p{N}])|[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*/gu;
  const WITHOUT_STROKE = { ł: "l", Ł: "L", đ: "d", Đ: "D", ø: "o", Ø: "O" };
  const stemmer = new EnglishStemmer(), stems = new Map();

  const letter = (written) => {
    const bare = written.normalize("NFD").replace(/\p{M}/gu, "");
    return WITHOUT_STROKE[written] ?? (bare.length === written.length ? bare : written);
  };
  // Without accents and capitals, one apostrophe, one quotation mark; as many letters as in NFC.
  const plain = (text) =>
    text.normalize("NFC").replace(/[’‘ʼ´`′]/g, "'").replace(/[“”„«»]/g, '"').replace(/[^\x00-\x7f]/gu, letter).toLowerCase();

  const stem = (form) => {
    if (!stems.has(form)) stems.set(form, stemmer.stemWord(form));
    return stems.get(form);
  };
  const wordsOf = (text) =>
    [...text.matchAll(WORD)].map(({ 0: found, index }) => {
      const form = found.replace(/[.\s]/g, "").replace(/'s$/, ""); // U.S.S.R., Kádár's
      return { form, stem: stem(form), from: index, to: index + found.length };
    });

  const termsOf = (query) =>
    [...plain(query).matchAll(/"([^"]*)"?|[^\s"]+/g)]
      .map(([chunk, quoted]) => ({ quoted: quoted !== undefined, words: wordsOf(quoted ?? chunk) }))
      .filter((term) => term.words.length);

  return (query) => {
    const terms = termsOf(query);
    const answers = (word, wanted, quoted, begun) =>
      word && (quoted ? word.form === wanted.form : word.stem === wanted.stem || (begun && word.form.startsWith(wanted.form)));
    return {
      asks: terms.length > 0,
      // Where the words stand in the text (NFC) as [from, to]; nothing, unless all of them are there.
      places(text, begun = false) {
        const words = wordsOf(plain(text));
        const found = terms.map((term) =>
          words.flatMap((first, i) =>
            term.words.every((wanted, k) => answers(words[i + k], wanted, term.quoted, begun))
              ? [[first.from, words[i + term.words.length - 1].to]] : []));
        return found.every((spans) => spans.length) ? found.flat().sort((a, b) => a[0] - b[0]) : [];
      },
    };
  };
})();

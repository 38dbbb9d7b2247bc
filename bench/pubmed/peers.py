"""Reads a bulk file with a public Python parser and matches keywords by a regular expression. Prints seconds of CPU and the PMIDs found.
usage: peers.py lxml|pubmed_parser FILE EXPRESSION_FILE"""
import gzip, json, re, sys, time, unicodedata

def fold(text):
    kept = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M") and c != "\u00ad")
    return re.sub(r"[^\w]|_", " ", kept.lower())

def matches(texts, expression):
    return any(expression.search(" " + re.sub(r" +", " ", fold(text)) + " ") for text in texts if text)

def with_lxml(path, expression):
    from lxml import etree
    found = []
    with gzip.open(path) as file:
        for _, article in etree.iterparse(file, tag="PubmedArticle"):
            texts = ["".join(node.itertext()) for node in article.iterfind("MedlineCitation/Article/ArticleTitle")]
            texts += ["".join(node.itertext()) for node in article.iterfind("MedlineCitation/Article/Abstract/AbstractText")]
            if matches(texts, expression):
                found.append(int(article.findtext("MedlineCitation/PMID")))
            article.clear()
            while article.getprevious() is not None:
                del article.getparent()[0]
    return found

def with_pubmed_parser(path, expression):
    import pubmed_parser
    rows = pubmed_parser.parse_medline_xml(path)
    return [int(row["pmid"]) for row in rows if matches([row["title"], row["abstract"]], expression)]

name, path, expression_file = sys.argv[1:]
expression = re.compile(open(expression_file, encoding="utf-8").read())
readers = {"lxml": with_lxml, "pubmed_parser": with_pubmed_parser}
if name == "pubmed_parser":
    import pubmed_parser
else:
    import lxml.etree
begun = time.process_time()
found = readers[name](path, expression)
print(json.dumps({"seconds": time.process_time() - begun, "pmids": found}))

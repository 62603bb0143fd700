// From a folder nothing can be searched: the lists stand in the place of the field, as they do
// without scripts. The field itself belongs to search.js.
if (location.protocol === "file:") {
  document.querySelector("[data-sw-find]").hidden = true;
  document.querySelector("[data-sw-without]").classList.add("sw-find--shown");
}

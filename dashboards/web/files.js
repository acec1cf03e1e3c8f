// A file on its way to the desk: chosen or dropped, sent once, and looked at by the page when it is there.
(() => {
  const place = () => document.querySelector(".files-drop");
  const words = () => JSON.parse(place().dataset.words);
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  let sending = null;

  function say(text) {
    document.querySelector(".files-say").textContent = text;
  }

  function send(files) {
    if (sending || !files.length) return;
    if (files.length > 1) {
      say(words().one);
      return;
    }
    const file = files[0];
    if (file.size > Number(place().dataset.most)) {
      say(filled(words().too_large, { file: file.name }));
      return;
    }
    sending = new XMLHttpRequest();
    sending.open("POST", place().dataset.address);
    // Half of a letter that is written by two would stop the coding of the name.
    sending.setRequestHeader("X-File-Name", encodeURIComponent(file.name.replace(/\p{Cs}/gu, "")));
    sending.upload.onprogress = (event) => {
      if (event.lengthComputable) say(filled(words().sending, { file: file.name, share: Math.floor((100 * event.loaded) / event.total) }));
    };
    sending.onload = () => {
      const answer = sending;
      sending = null;
      if (answer.status !== 200) {
        say(answer.responseText || words().cut);
        return;
      }
      say(filled(words().reading, { file: file.name }));
      emitEvent("file_there", JSON.parse(answer.responseText));
    };
    sending.onerror = sending.onabort = () => {
      sending = null;
      say(words().cut);
    };
    sending.send(file);
  }

  window.fileSay = say;
  // Heard on the document: the place is drawn by a script of its own, and a file may be chosen as soon as it is seen.
  const within = (node) => Boolean(place() && place().contains(node));
  document.addEventListener("change", (event) => {
    if (!within(event.target)) return;
    send([...event.target.files]);
    event.target.value = ""; // the same file may be chosen again, once it was mended
  });
  document.addEventListener("dragenter", (event) => within(event.target) && place().classList.add("over"));
  document.addEventListener("dragleave", (event) => {
    if (within(event.target) && !within(event.relatedTarget)) place().classList.remove("over");
  });
  // A file that falls beside the place would be opened in place of the page.
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (place()) place().classList.remove("over");
    if (within(event.target)) send([...event.dataTransfer.files]);
  });
})();

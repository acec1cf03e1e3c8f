// A page that changes its address takes along the links of its head that lead back to it.
function holdAddress(address) {
  history.replaceState(null, "", address);
  for (const link of document.querySelectorAll(".head .choices .languages a")) {
    const same = new URL(address, location.href);
    same.searchParams.set("lang", link.lang);
    link.setAttribute("href", same.pathname + same.search);
  }
  const signIn = document.querySelector(".head a.who");
  if (!signIn) return;
  const form = new URL(signIn.href);
  form.searchParams.set("next", location.pathname + location.search);
  signIn.setAttribute("href", form.pathname + form.search);
}
// The form to sign in, which leads back to what the address holds now.
function signInAndBack() {
  location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

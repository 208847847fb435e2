// A quiz works without this file: each answer is a <details>. This adds one thing: it says how it went.
document.querySelectorAll(".quiz").forEach((quiz) => {
  const options = [...quiz.querySelectorAll(".quiz-option")];
  const right = options.filter((option) => option.dataset.answer === "right");
  const score = quiz.querySelector(".quiz-score");
  let tries = 0;
  options.forEach((option) => option.addEventListener("toggle", () => {
    if (!option.open || option.classList.contains("tried")) return;
    option.classList.add("tried");
    tries += 1;
    const left = right.filter((one) => !one.classList.contains("tried")).length;
    if (left > 0) score.textContent = right.length > 1 ? `${left} right to find.` : "Try another one.";
    else if (!quiz.classList.contains("solved")) {
      quiz.classList.add("solved");
      score.textContent = tries === right.length ? "Right at the first try." : `Found, after ${tries} tries.`;
    }
  }));
});

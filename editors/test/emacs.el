;;; emacs.el --- Emacs as a client of unsnarl, with the committed configuration -*- lexical-binding: t; -*-

;; `emacs --batch -Q -l editors/test/emacs.el PROJECT eglot|beside|lsp-mode', with the binary first on PATH.
;; PROJECT is a copy of a folder of `editors/test/projects' and the top of a repository; it is edited in memory only.
;; `beside' runs ruff behind the multiplexer, too.

;;; Code:

(require 'cl-lib)
(require 'flymake)

(defvar test-project (file-truename (file-name-as-directory (pop command-line-args-left))))
(defvar test-way (intern (pop command-line-args-left)))
(defvar test-is-rust (file-exists-p (concat test-project "Cargo.toml")))
(defvar test-lint "blocking-call-in-async")
(defvar test-call (if test-is-rust "helper::settle()" "settle()"))
(defvar test-comment (if test-is-rust "// 漢" "# 漢"))

(defun test-path (python rust)
  (concat test-project (if test-is-rust rust python)))

(defun test-fail (&rest message)
  (princ (concat "emacs: " (apply #'format message) "\n") #'external-debugging-output)
  (kill-emacs 1))

(defun test-equal (what actual expected)
  (unless (equal actual expected)
    (test-fail "%s is %S, not %S" what actual expected)))

(defmacro test-wait (what form)
  "Wait until FORM is true, and return its value; WHAT says what did not come."
  `(let ((value nil) (end (+ (float-time) 30)))
     (while (not (setq value ,form))
       (when (> (float-time) end)
         (test-fail "no %s came: %S" ,what
                    (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
       (accept-process-output nil 0.05)
       (test-idle))
     value))

(defun test-idle ()
  "What an idle Emacs does: batch mode is never idle."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (bound-and-true-p eglot--managed-mode)
        (eglot--signal-textDocument/didChange))
      (when (bound-and-true-p lsp-managed-mode)
        (setq lsp--delayed-requests nil)))))

(defun test-findings ()
  (cl-remove-if-not (lambda (it) (string-match-p (regexp-quote test-lint) (flymake-diagnostic-text it)))
                    (flymake-diagnostics)))

(defun test-finding-if (is-so)
  "The only finding of this buffer, if it satisfies IS-SO."
  (let ((found (test-findings)))
    (and (= (length found) 1) (funcall is-so (car found)) (car found))))

(defun test-text-of (finding)
  (buffer-substring-no-properties (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding)))

(defun test-line-of (finding)
  (line-number-at-pos (flymake-diagnostic-beg finding)))

(defun test-has (text)
  (lambda (finding) (string-match-p (regexp-quote text) (flymake-diagnostic-text finding))))

(provide 'test-emacs)
;;; emacs.el ends here

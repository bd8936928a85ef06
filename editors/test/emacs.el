;;; emacs.el --- Emacs as a client of unsnarl, with the committed configuration -*- lexical-binding: t; -*-

;; `emacs --batch -q -l editors/test/emacs.el PROJECT eglot|beside', with the binary first on PATH.
;; PROJECT is a copy of a folder of `editors/test/projects' and the top of a repository; it is edited in memory only.
;; `beside' runs ruff behind the multiplexer, too.

;;; Code:

(require 'cl-lib)
(require 'flymake)

(defvar test-project (file-truename (file-name-as-directory (pop command-line-args-left))))
(defvar test-way (intern (pop command-line-args-left)))
(defvar test-here (file-name-directory load-file-name))
(defvar test-is-rust (file-exists-p (concat test-project "Cargo.toml")))
(defvar test-lint "blocking-call-in-async")
(defvar test-call (if test-is-rust "helper::settle()" "settle()"))
(defvar test-comment (if test-is-rust "// 漢\n" "# 漢\n"))

(defun test-path (python rust)
  (concat test-project (if test-is-rust rust python)))

(defun test-fail (&rest message)
  (princ (concat "emacs: " (apply #'format message) "\n") #'external-debugging-output)
  (kill-emacs 1))

(defun test-equal (what actual expected)
  (unless (equal actual expected)
    (test-fail "%s is %S, not %S" what actual expected)))

(defun test-idle ()
  "Do what an idle Emacs does: batch mode never is."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (bound-and-true-p eglot--managed-mode)
        (eglot--signal-textDocument/didChange))
      (when (bound-and-true-p flymake-mode)
        (flymake-start)))))

(defmacro test-wait (what form)
  "Wait until FORM is true, and return its value; WHAT says what it is."
  (declare (indent 1))
  `(let ((value nil) (end (+ (float-time) 30)))
     (while (not (setq value ,form))
       (when (> (float-time) end)
         (test-fail "no %s came: %S" ,what (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))
       (accept-process-output nil 0.05)
       (test-idle))
     value))

(defun test-findings ()
  "The findings of this buffer, those of other servers left out."
  (cl-remove-if-not (lambda (it) (string-match-p test-lint (flymake-diagnostic-text it)))
                    (flymake-diagnostics)))

(defun test-finding ()
  "The only finding of this buffer, if it has one."
  (let ((found (test-findings)))
    (and (= (length found) 1) (car found))))

(defun test-text-of (finding)
  (buffer-substring-no-properties (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding)))

(defun test-line-of (finding)
  (line-number-at-pos (flymake-diagnostic-beg finding)))

(defun test-says (finding text)
  (and finding (string-match-p (regexp-quote text) (flymake-diagnostic-text finding))))

(defun test-step (line)
  "What the message says of the helper's line, where related information is not shown."
  (format "%s:%d: in `settle`" (if test-is-rust "src/helper.rs" "helper.py") line))

(defun test-apply (title)
  "Choose the code action TITLE."
  (let ((last-nonmenu-event ?a))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt items &rest _)
                 (or (car (assoc title items)) (test-fail "the actions are %S" (mapcar #'car items))))))
      (call-interactively #'eglot-code-actions))))

(defun test-open (path)
  (let ((buffer (find-file-noselect path)))
    (set-buffer buffer)
    (set-window-buffer (selected-window) buffer)
    buffer))

(defun test-run ()
  (let* ((line (if test-is-rust 4 5))
         (caller (test-open (test-path "caller.py" "src/lib.rs")))
         helper finding before)
    (run-hooks 'post-command-hook)
    (setq finding (test-wait "finding" (test-finding)))
    (test-equal "the text" (test-text-of finding) test-call)
    (test-equal "the line" (test-line-of finding) line)
    (test-equal "the severity" (flymake-diagnostic-type finding) 'eglot-warning)
    (unless (test-says finding (test-step 5))
      (test-fail "the message is %S" (flymake-diagnostic-text finding)))

    ;; An edit of the helper that is not saved.
    (setq helper (test-open (test-path "helper.py" "src/helper.rs")))
    (run-hooks 'post-command-hook)
    (test-wait "server of the helper" (bound-and-true-p eglot--managed-mode))
    (setq before (buffer-string))
    (re-search-forward "^    .*sleep.*$")
    (replace-match (if test-is-rust "    drop(());" "    pass"))
    (test-wait "end of the finding" (with-current-buffer caller (null (test-findings))))
    (erase-buffer)
    (insert test-comment test-comment before)
    (test-wait "finding of a moved helper" (with-current-buffer caller (test-says (test-finding) (test-step 7))))
    (test-equal "whether the helper is modified" (buffer-modified-p helper) t)

    ;; An edit of the caller: the finding goes with its line, and within it.
    (test-open (buffer-file-name caller))
    (goto-char (point-min))
    (forward-line (1- line))
    (insert "    " test-comment "\n")
    (forward-char (if test-is-rust 13 11))
    (insert "\"🐍🦀\", ")
    (setq finding
          (test-wait "moved finding"
            (let ((it (test-finding)))
              (and it (= (test-line-of it) (+ line 2)) (equal (test-text-of it) test-call) it))))

    ;; The action that silences it.
    (goto-char (1+ (flymake-diagnostic-beg finding)))
    (setq before (buffer-string))
    (test-apply (format "allow `%s` here" test-lint))
    (test-equal "the silenced text" (buffer-string)
                (with-temp-buffer
                  (insert before)
                  (goto-char (point-min))
                  (forward-line (1+ line))
                  (insert (format "    %s unsnarl: allow(%s, reason = \"say why this is fine here\")\n"
                                  (if test-is-rust "//" "#") test-lint))
                  (buffer-string)))
    (test-wait "end of the silenced finding" (null (test-findings)))
    (erase-buffer)
    (insert before)
    (test-wait "finding again" (test-finding))

    ;; What the function waits for; the multiplexer asks the first server that can hover.
    (goto-char (- (flymake-diagnostic-end (test-finding)) 3))
    (let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                  (eglot--TextDocumentPositionParams))))
      (unless (or (eq test-way 'beside)
                  (string-match-p "`settle` blocks" (plist-get (plist-get hover :contents) :value)))
        (test-fail "the hover says %S" hover)))
    (eglot-shutdown (eglot--current-server-or-lose))))

(require 'package)
(setq package-user-dir (concat test-project "none"))
(package-initialize)
(add-to-list 'load-path (expand-file-name "../emacs" test-here))
(require 'unsnarl)
(setq create-lockfiles nil
      make-backup-files nil
      python-indent-guess-indent-offset nil)
(when test-is-rust
  (require 'rust-mode))
(when (eq test-way 'beside)
  (setq unsnarl-beside '((python "ruff" "server"))))
(unsnarl-eglot-setup)
(require 'eglot)
(add-hook 'python-mode-hook #'eglot-ensure)
(add-hook 'rust-mode-hook #'eglot-ensure)
(condition-case problem
    (test-run)
  (error (test-fail "%S" problem)))
(princ (format "emacs %s: %s: %s: passed\n" emacs-version (if test-is-rust "rust" "python") test-way))

;;; emacs.el ends here

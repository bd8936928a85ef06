;;; unsnarl.el --- Concurrency anti-patterns in Python and Rust -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT OR Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools

;;; Commentary:

;; Starts `unsnarl server' from Eglot or lsp-mode.
;;
;; Eglot (part of Emacs 29 and later, a package before):
;;
;;     (require 'unsnarl)
;;     (unsnarl-eglot-setup)
;;     (add-hook 'python-mode-hook #'eglot-ensure)
;;
;; Eglot runs one server for each mode.  To keep another one, start both behind `rass', the multiplexer of the
;; Python package "rassumfrassum", and say which one goes with unsnarl:
;;
;;     (setq unsnarl-beside '((python . ("pyright-langserver" "--stdio"))
;;                            (rust . ("rust-analyzer"))))
;;
;; lsp-mode runs unsnarl beside the mode's other servers by itself:
;;
;;     (require 'unsnarl)
;;     (unsnarl-lsp-mode-setup)
;;     (add-hook 'python-mode-hook #'lsp)

;;; Code:

(require 'cl-lib)

(defgroup unsnarl nil
  "Concurrency anti-patterns in Python and Rust."
  :group 'tools)

(defcustom unsnarl-command '("unsnarl" "server")
  "The server and its arguments."
  :type '(repeat string))

(defcustom unsnarl-options nil
  "What the server is told when it starts, as a property list.
`:min-certainty' is \"possible\", \"likely\" or \"certain\"; `:config' is a
file to use in place of the nearest configuration; `:python-environment' is
the folder of the environment whose libraries' types are known.  What is not
said here is the project's own to say."
  :type '(plist :key-type symbol :value-type string))

(defcustom unsnarl-beside nil
  "Servers that Eglot starts together with unsnarl, by language.
The multiplexer `unsnarl-multiplexer' has to be installed."
  :type '(alist :key-type (choice (const python) (const rust))
                :value-type (repeat string)))

(defcustom unsnarl-multiplexer "rass"
  "The program that makes several servers one, and takes them after `--'."
  :type 'string)

(defconst unsnarl--modes
  '((python python-mode python-ts-mode)
    (rust rust-mode rust-ts-mode rustic-mode))
  "The modes of each language.")

(defun unsnarl--contact (language)
  "What Eglot starts for LANGUAGE."
  (let ((beside (alist-get language unsnarl-beside)))
    (append (if beside
                `(,unsnarl-multiplexer "--" ,@beside "--" ,@unsnarl-command)
              unsnarl-command)
            (and unsnarl-options
                 `(:initializationOptions ,unsnarl-options)))))

(defvar eglot-server-programs)

;;;###autoload
(defun unsnarl-eglot-setup ()
  "Make Eglot start unsnarl for Python and Rust."
  (with-eval-after-load 'eglot
    (cl-loop for (language . modes) in unsnarl--modes
             do (push (cons modes
                            (let ((language language))
                              (lambda (&rest _) (unsnarl--contact language))))
                      eglot-server-programs))))

(declare-function lsp-register-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")

;;;###autoload
(defun unsnarl-lsp-mode-setup ()
  "Make lsp-mode start unsnarl for Python and Rust, beside other servers."
  (with-eval-after-load 'lsp-mode
    (lsp-register-client
     (make-lsp-client
      :new-connection (lsp-stdio-connection (lambda () unsnarl-command))
      :major-modes (cl-loop for (_ . modes) in unsnarl--modes append modes)
      :initialization-options (lambda () (or unsnarl-options (make-hash-table)))
      :add-on? t
      :server-id 'unsnarl))))

(provide 'unsnarl)

;;; unsnarl.el ends here

/** Modules of Python itself whose functions and classes do things when they are made: nothing in a checkpoint is an object of these. */
const MODULES = new Set(
  (
    '__builtin__ _io _posixsubprocess _pickle _thread asyncio atexit bdb builtins cProfile cgitb code codecs codeop commands concurrent ' +
    'copyreg copy_reg ctypes dill distutils doctest ensurepip faulthandler fileinput ftplib functools gc glob http idlelib imp importlib ' +
    'inspect io itertools joblib linecache logging marshal mmap modulefinder multiprocessing nntplib nt ntpath operator os pdb pickle ' +
    'pickletools pip pkgutil platform popen2 poplib posix posixpath profile pty pydoc py_compile resource runpy sched select shelve shutil signal ' +
    'site smtplib socket socketserver sqlite3 subprocess sys tarfile telnetlib tempfile threading timeit trace tracemalloc turtle types ' +
    'unittest urllib venv weakref webbrowser winreg wsgiref xml xmlrpc zipapp zipfile zipimport'
  ).split(' '),
);

export function isPythonsOwn(name: string): boolean {
  return MODULES.has(name.split('.', 1)[0] ?? '');
}

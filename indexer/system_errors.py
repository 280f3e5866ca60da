"""What the operating system refused, said in two languages with what to do."""

import errno

from indexer.domain.names import Names

_SAID = {
    errno.ENOENT: Names(
        zh="没有“{path}”。请核对名称及其所在的文件夹。",
        en="{path} is not there. Check the name and the folder it should be in.",
    ),
    errno.EISDIR: Names(zh="“{path}”是文件夹，此处须为文件。", en="{path} is a folder; give a file."),
    errno.ENOTDIR: Names(
        zh="“{path}”不能作为文件夹使用：它或其上级是文件。请另指定文件夹。",
        en="{path} can't be used as a folder: it, or what it should lie in, is a file. Give another folder.",
    ),
    errno.EACCES: Names(
        zh="系统不允许读写“{path}”。请检查权限，或另选位置。",
        en="The system does not allow {path} to be read or written. Check its permissions, or choose another place.",
    ),
    errno.ENOSPC: Names(
        zh="磁盘已满，无法写入“{path}”。请腾出空间，或另选位置。",
        en="There is no room on the disk for {path}. Free some room, or choose another place.",
    ),
}
_LIKE = {
    errno.EEXIST: errno.ENOTDIR,
    errno.EPERM: errno.EACCES,
    errno.EROFS: errno.EACCES,
    errno.EDQUOT: errno.ENOSPC,
}
"""Numbers that ask for the same remedy as another."""
_OTHER = Names(zh="系统未能处理“{path}”：{reason}。", en="The system could not do it with {path}: {reason}.")


def system_error_said(error: OSError, language: str) -> str:
    """One sentence or two: what is the matter with which file, and the remedy; ``language`` is zh or en."""
    number = _LIKE.get(error.errno or 0, error.errno or 0)
    said = _SAID.get(number, _OTHER)
    return said.best(language).format(path=error.filename or "?", reason=error.strerror or str(error))

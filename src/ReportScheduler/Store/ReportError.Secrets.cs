namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException SecretKeyMissing(string keyPath) =>
        new(nameof(SecretKeyMissing), ReportErrorCategory.ObjectNotFound, keyPath,
            $"The password was protected with the key file '{keyPath}', which is not there. Bring the key file back (Backup-ReportStore -IncludeKeys saves it), or set the password again.");

    public static ReportException SecretKeyWrong(string keyPath) =>
        new(nameof(SecretKeyWrong), ReportErrorCategory.InvalidData, keyPath,
            $"The password was protected with another key than the one in '{keyPath}'. Bring the right key file back, or set the password again.");

    public static ReportException SecretKeyDamaged(string keyPath, int length, int expected) =>
        new(nameof(SecretKeyDamaged), ReportErrorCategory.InvalidData, keyPath,
            $"The key file '{keyPath}' is damaged: the key in it has {length} bytes and not {expected}. Bring the right key file back (Backup-ReportStore -IncludeKeys saves it), or remove the file and set the passwords again.");

    public static ReportException NotPrivate(string path, string why, string remedy) =>
        new(nameof(NotPrivate), ReportErrorCategory.PermissionDenied, path,
            $"'{path}' is not used, because {why}, and whoever gets in there can read or change what reports and passwords are made of. {remedy}");

    public static ReportException SecretKeyDenied(string keyPath, Exception inner) =>
        new(nameof(SecretKeyDenied), ReportErrorCategory.PermissionDenied, keyPath,
            $"The account '{Environment.UserName}' may not use the key file '{keyPath}'. Run as the account that made it, or set the password again: {inner.Message}", inner);
}

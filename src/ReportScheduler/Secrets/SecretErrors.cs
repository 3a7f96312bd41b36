namespace ReportScheduler.Secrets;

internal static class SecretErrors
{
    public static ReportException ReferenceNotSet(string reference) =>
        new(nameof(ReferenceNotSet), ReportErrorCategory.ObjectNotFound, reference,
            $"'{reference}' has no value here. Set that environment variable for the account that runs the task, or give a .env file with -EnvFile.");

    /// <param name="reference">The env:NAME.</param>
    /// <param name="envFile">The .env file that was read.</param>
    /// <param name="skipped">The lines of it that could not be read: the name may stand there.</param>
    public static ReportException ReferenceNotSet(string reference, string envFile, IReadOnlyList<int> skipped) =>
        new(nameof(ReferenceNotSet), ReportErrorCategory.ObjectNotFound, reference, skipped.Count == 0
            ? $"'{reference}' has no value here, and none in the .env file '{envFile}'. Write it there as NAME=value, or set that environment variable for the account that runs the task."
            : $"'{reference}' has no value here, and none in the .env file '{envFile}', where line {skipped[0]} cannot be read. Look whether its quotes are closed and nothing stands behind them.");

    public static ReportException EnvFileNotReadable(string path, Exception inner) =>
        new(nameof(EnvFileNotReadable), ReportErrorCategory.ReadError, path,
            $"The .env file '{path}' cannot be read. Check the path and its rights: {OneLine(inner)}", inner);

    public static ReportException EnvFileNotUsable(string path, int line) =>
        new(nameof(EnvFileNotUsable), ReportErrorCategory.ParserError, path,
            $"The .env file '{path}' has no NAME=value in it; line {line} is the first that cannot be read, and 256 KB is the most. Write a NAME=value a line.");

    /// <summary>A driver's words without the empty lines that PostgreSQL's has before POSITION and HINT.</summary>
    public static string OneLine(Exception problem) =>
        string.Join(" ", problem.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static ReportException SecretKeyMissing(string keyPath) =>
        new(nameof(SecretKeyMissing), ReportErrorCategory.ObjectNotFound, keyPath,
            $"The password was protected with the key file '{keyPath}', which is not there. Bring the key file back (Backup-ReportStore -IncludeKeys saves it), or set the password again.");

    public static ReportException SecretKeyWrong(string keyPath) =>
        new(nameof(SecretKeyWrong), ReportErrorCategory.InvalidData, keyPath,
            $"The password was protected with another key than the one in '{keyPath}'. Bring the right key file back, or set the password again.");

    public static ReportException SecretKeyDamaged(string keyPath, int length, int expected) =>
        new(nameof(SecretKeyDamaged), ReportErrorCategory.InvalidData, keyPath,
            $"The key file '{keyPath}' is damaged: the key in it has {length} bytes and not {expected}. Bring the right key file back (Backup-ReportStore -IncludeKeys saves it), or remove the file and set the passwords again.");

    public static ReportException SecretKeyDenied(string keyPath, Exception inner) =>
        new(nameof(SecretKeyDenied), ReportErrorCategory.PermissionDenied, keyPath,
            $"The account '{Environment.UserName}' may not use the key file '{keyPath}'. Run as the account that made it, or set the password again: {inner.Message}", inner);
}

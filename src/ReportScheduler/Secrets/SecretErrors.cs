namespace ReportScheduler.Secrets;

internal static class SecretErrors
{
    public static ReportException ReferenceNotSet(string reference) =>
        new(nameof(ReferenceNotSet), ReportErrorCategory.ObjectNotFound, reference,
            $"'{reference}' has no value. Set that environment variable for the account that runs the task, or give a .env file "
                + "with -EnvFile.");

    /// <param name="reference">The env:NAME.</param>
    /// <param name="envFile">The .env file that was read.</param>
    /// <param name="skipped">The lines of it that could not be read: the name may stand there.</param>
    public static ReportException ReferenceNotSet(string reference, string envFile, IReadOnlyList<int> skipped) =>
        new(nameof(ReferenceNotSet), ReportErrorCategory.ObjectNotFound, reference, skipped.Count == 0
            ? $"'{reference}' has no value here, and none in the .env file '{envFile}'. "
                + "Write it there as NAME=value, or set that environment variable for the account that runs the task."
            : $"'{reference}' has no value here, and none in the .env file '{envFile}', where line {skipped[0]} cannot be read. "
                + "Check that its quotes are closed and that nothing follows them.");

    public static ReportException SecretFileNotReadable(string reference, string path, Exception inner) =>
        new(nameof(SecretFileNotReadable), ReportErrorCategory.ReadError, reference,
            $"The secret '{reference}' cannot be read from '{path}' by the account '{Environment.UserName}'. "
                + $"Check the path and its rights: {inner.Message}", inner);

    public static ReportException SecretFileNotPrivate(string reference, string path) =>
        new(nameof(SecretFileNotPrivate), ReportErrorCategory.PermissionDenied, reference,
            $"The secret '{reference}' is not used, because other accounts can read the file '{path}'. "
                + "Close it with chmod 600 or its access list; in Docker give the secret mode: 0400, in Kubernetes defaultMode: 0400.");

    public static ReportException SecretFileNotUsable(string reference, string path, string reason) =>
        new(nameof(SecretFileNotUsable), ReportErrorCategory.InvalidData, reference,
            $"'{reference}' does not name a file with a secret: of '{path}', {reason}. "
                + "Give file: and the full path of a file that has the secret and nothing else, or the name of a credential of systemd.");

    public static ReportException VaultModuleMissing(string reference, string? said = null) =>
        new(nameof(VaultModuleMissing), ReportErrorCategory.ResourceUnavailable, reference,
            $"'{reference}' is in a vault, and the account '{Environment.UserName}' has no module with Get-Secret here. "
                + "Install it for that account with Install-PSResource Microsoft.PowerShell.SecretManagement, and a vault module such "
                + $"as Microsoft.PowerShell.SecretStore{(said is null ? "." : $": {said}")}");

    public static ReportException VaultNotFound(string reference, string vault, string? known) =>
        new(nameof(VaultNotFound), ReportErrorCategory.ObjectNotFound, reference,
            $"The account '{Environment.UserName}' has no vault '{vault}', which '{reference}' names. "
                + $"Register it for that account with Register-SecretVault{(string.IsNullOrEmpty(known) ? "" : $"; it has {known}")}.");

    public static ReportException VaultSecretNotFound(string reference, string? vault, string name) =>
        new(nameof(VaultSecretNotFound), ReportErrorCategory.ObjectNotFound, reference,
            $"{(vault is null ? "No vault" : $"The vault '{vault}'")} of the account '{Environment.UserName}' has "
                + $"{(vault is null ? "a" : "no")} secret '{name}'. Get-SecretInfo lists the names; Set-Secret adds one.");

    public static ReportException VaultLocked(string reference, string? vault, string said) =>
        new(nameof(VaultLocked), ReportErrorCategory.AuthenticationError, reference,
            $"{(vault is null ? "The vault" : $"The vault '{vault}'")} is locked for the account '{Environment.UserName}', and "
                + $"'{reference}' is in it. An unattended run cannot type a password: let the vault open without one "
                + $"(Set-SecretStoreConfiguration -Authentication None), or unlock it first with Unlock-SecretStore: {said}");

    public static ReportException VaultSecretNotText(string reference, string type) =>
        new(nameof(VaultSecretNotText), ReportErrorCategory.InvalidData, reference,
            $"'{reference}' is a {type} in its vault. Set-Secret it as a string, a SecureString or a credential.");

    public static ReportException VaultSecretEmpty(string reference) =>
        new(nameof(VaultSecretEmpty), ReportErrorCategory.InvalidData, reference,
            $"'{reference}' is empty in its vault. Give it its value with Set-Secret.");

    public static ReportException VaultFailed(string reference, string said) =>
        new(nameof(VaultFailed), ReportErrorCategory.ResourceUnavailable, reference,
            $"'{reference}' could not be read from its vault. Try Get-Secret as the account '{Environment.UserName}': {said}");

    public static ReportException EnvFileNotReadable(string path, Exception inner) =>
        new(nameof(EnvFileNotReadable), ReportErrorCategory.ReadError, path,
            $"The .env file '{path}' cannot be read. Check the path and its rights: {OneLine(inner)}", inner);

    public static ReportException EnvFileNotUsable(string path, int line) =>
        new(nameof(EnvFileNotUsable), ReportErrorCategory.ParserError, path,
            $"The .env file '{path}' has no NAME=value in it; line {line} is the first that cannot be read, and 256 KB is the most. "
                + "Write a NAME=value a line.");

    /// <summary>A driver's words without the empty lines that PostgreSQL's has before POSITION and HINT, and without its remark that it
    /// leaves something out.</summary>
    public static string OneLine(Exception problem) =>
        string.Join(" ",
            problem.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => !line.StartsWith("DETAIL: Detail redacted", StringComparison.Ordinal)));

    public static ReportException SecretKeyMissing(string keyPath) =>
        new(nameof(SecretKeyMissing), ReportErrorCategory.ObjectNotFound, keyPath,
            $"The password was protected with the key file '{keyPath}', which is not there. "
                + "Bring the key file back (Backup-ReportStore -IncludeKeys saves it), or set the password again.");

    public static ReportException SecretKeyWrong(string keyPath) =>
        new(nameof(SecretKeyWrong), ReportErrorCategory.InvalidData, keyPath,
            $"The password was protected with another key than the one in '{keyPath}'. "
                + "Bring the right key file back, or set the password again.");

    public static ReportException SecretKeyDamaged(string keyPath, int length, int expected) =>
        new(nameof(SecretKeyDamaged), ReportErrorCategory.InvalidData, keyPath,
            $"The key file '{keyPath}' is damaged: the key in it has {length} bytes and not {expected}. "
                + "Bring the right key file back (Backup-ReportStore -IncludeKeys saves it), or remove the file and set the "
                + "passwords again.");

    public static ReportException KeyRingNotUsable(string keyPath, int line) =>
        new(nameof(KeyRingNotUsable), ReportErrorCategory.InvalidData, keyPath,
            $"Line {line} of the key file '{keyPath}' is not a key. Give one key per line, the newest first: 32 bytes in base64, as "
                + "'openssl rand -base64 32' makes it, or in hexadecimal.");

    public static ReportException KeyFileNotPrivate(string keyPath) =>
        new(nameof(KeyFileNotPrivate), ReportErrorCategory.PermissionDenied, keyPath,
            $"The key file '{keyPath}' is not used, because other accounts can read it. "
                + "Close it with chmod 600; in Docker give the secret mode: 0400, in Kubernetes defaultMode: 0400.");

    public static ReportException KeyFileIsFolder(string keyPath) =>
        new(nameof(KeyFileIsFolder), ReportErrorCategory.InvalidArgument, keyPath,
            $"The key file '{keyPath}' is a folder. Give the path of the file with the keys that is in it.");

    public static ReportException SecretKeyDenied(string keyPath, Exception inner) =>
        new(nameof(SecretKeyDenied), ReportErrorCategory.PermissionDenied, keyPath,
            $"The account '{Environment.UserName}' may not use the key file '{keyPath}'. "
                + $"Run as the account that made it, or set the password again: {inner.Message}", inner);
}

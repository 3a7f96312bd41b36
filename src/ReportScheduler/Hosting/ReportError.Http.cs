namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException HttpListenFailed(string address, Exception inner) =>
        new(nameof(HttpListenFailed), ReportErrorCategory.ResourceUnavailable, address,
            $"'{address}' cannot be listened on. Give an address such as http://127.0.0.1:8650/ whose port is free; https needs a certificate that is bound on Windows, or a reverse proxy: {inner.Message}", inner);

    public static ReportException HttpKeyNeeded(string address) =>
        new(nameof(HttpKeyNeeded), ReportErrorCategory.InvalidOperation, address,
            $"Nobody could use '{address}': there is no key. Make one with New-ReportSchedulerKey, or give -ApiKey.");

    public static ReportException KeyTooShort(string name, int length) =>
        new(nameof(KeyTooShort), ReportErrorCategory.InvalidArgument, name,
            $"The key given with {name} is too short. Give at least {length} characters that cannot be guessed.");
}

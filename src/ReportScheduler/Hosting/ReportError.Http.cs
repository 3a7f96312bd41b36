namespace ReportScheduler;

internal static partial class ReportError
{
    public static ReportException HttpListenFailed(string address, Exception inner) =>
        new(nameof(HttpListenFailed), ReportErrorCategory.ResourceUnavailable, address,
            $"'{address}' cannot be listened on. Give an address such as http://127.0.0.1:8650/ whose port is free: {inner.Message}", inner);

    public static ReportException HttpListenFailed(string address, string why) =>
        new(nameof(HttpListenFailed), ReportErrorCategory.InvalidArgument, address,
            $"'{address}' cannot be listened on: {why} Give an address such as http://127.0.0.1:8650/, and put a reverse proxy in front of it for https.");

    public static ReportException RequestDiffers() =>
        new(nameof(RequestDiffers), ReportErrorCategory.ResourceExists, null,
            "This Idempotency-Key was used with another request. Give each request a key of its own.");

    public static ReportException RequestForgotten() =>
        new(nameof(RequestForgotten), ReportErrorCategory.ResourceExists, null,
            "The request with this Idempotency-Key was carried out, and its run was removed from the history since. Give a new key to run the report again.");

    public static ReportException HttpKeyNeeded(string address) =>
        new(nameof(HttpKeyNeeded), ReportErrorCategory.InvalidOperation, address,
            $"Nobody could use '{address}': there is no key. Make one with New-ReportSchedulerKey, or give -ApiKey.");

    public static ReportException KeyTooShort(string name, int length) =>
        new(nameof(KeyTooShort), ReportErrorCategory.InvalidArgument, name,
            $"The key given with {name} is too short. Give at least {length} characters that cannot be guessed.");
}

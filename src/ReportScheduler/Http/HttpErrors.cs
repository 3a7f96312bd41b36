namespace ReportScheduler.Http;

internal static class HttpErrors
{
    public static ReportException HttpListenFailed(string address, Exception inner) =>
        new(nameof(HttpListenFailed), ReportErrorCategory.ResourceUnavailable, address,
            $"The runner cannot listen on '{address}'. Give an address such as http://127.0.0.1:8650/ whose port is free: {inner.Message}",
            inner);

    public static ReportException HttpListenFailed(string address, string why) =>
        new(nameof(HttpListenFailed), ReportErrorCategory.InvalidArgument, address,
            $"The runner cannot listen on '{address}': {why} Give an address such as http://127.0.0.1:8650/, and put a reverse proxy in "
                + "front of it for https.");

    public static ReportException HttpKeyNeeded(string address) =>
        new(nameof(HttpKeyNeeded), ReportErrorCategory.InvalidOperation, address,
            $"'{address}' would reject every call: there is no key. Make one with New-ReportSchedulerKey, or give -ApiKey.");
}

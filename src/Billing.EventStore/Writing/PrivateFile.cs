namespace Billing.EventStore.Writing;

/// <summary>Files that nobody but the server's own user may read, from the moment they are made.</summary>
public static class PrivateFile
{
    /// <summary>For a file that is not there yet.</summary>
    public static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>Makes it, empty, where it is not there.</summary>
    public static void Make(string path)
    {
        if (!File.Exists(path)) new FileStream(path, Options()).Dispose();
    }
}

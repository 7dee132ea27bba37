using Billing.Api.Hosting;

return await CommandLine.Run(args);
